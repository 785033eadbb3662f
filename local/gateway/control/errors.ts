/** An error of API Gateway's API, in the form that AWS SDKs turn into exceptions. */
export class ControlError extends Error {
  constructor(
    readonly status: number,
    /** For example `NotFoundException`. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export function notFound(what: string): ControlError {
  return new ControlError(404, "NotFoundException", `Invalid ${what} specified`);
}

export function badRequest(message: string): ControlError {
  return new ControlError(400, "BadRequestException", message);
}

export function conflict(message: string): ControlError {
  return new ControlError(409, "ConflictException", message);
}
