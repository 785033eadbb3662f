/** The media type that API Gateway assumes if a request has none. */
export const DEFAULT_MEDIA_TYPE = "application/json";

/** The media type of a Content-Type header, in lower case and without parameters. */
export function mediaTypeOf(contentType: string | undefined): string {
  const type = contentType?.split(";", 1)[0].trim().toLowerCase();
  return type === undefined || type === "" ? DEFAULT_MEDIA_TYPE : type;
}

/** The media type of the response: one that the caller accepts, else JSON, else the first. */
export function selectMediaType(
  available: Iterable<string>,
  accept: string | undefined,
): string | undefined {
  const types = [...available];
  const wanted = accept === undefined ? [] : accept.split(",").map((part) => mediaTypeOf(part));
  return (
    wanted.find((type) => types.includes(type)) ??
    (types.includes(DEFAULT_MEDIA_TYPE) ? DEFAULT_MEDIA_TYPE : types[0])
  );
}
