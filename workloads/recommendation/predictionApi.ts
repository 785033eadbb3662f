/**
 * The prediction API's types, written by `make documentation` from the OpenAPI document that
 * `components/api/openApi.ts` builds of `prediction.schema.json`; a test fails when the two differ.
 */

export interface paths {
  "/v1/predictions": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ask the model */
    post: operations["predict"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/health": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Ask the model one fixed question */
    get: operations["health"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/model": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Say which model answers */
    get: operations["describeModel"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    PredictionRequest: {
      /** @description What the model is asked about, answered in the same order. */
      instances: {
        /** @description Ids of the items, the latest last. None of them is recommended. Unknown ones count as not there; of nothing known the most popular items follow. */
        history: string[];
      }[];
    };
    PredictionResponse: {
      /** @description One answer for each instance, in the same order. */
      predictions: {
        /** @description Their ids. */
        items: string[];
        /** @description What people call them; empty where no producer said it. */
        titles: string[];
        /** @description How probable each is to be next, among all known items that are not in the history. */
        scores: number[];
      }[];
    };
    Health: {
      /** @enum {string} */
      status: "ok";
    };
    Model: {
      /** @description Version in the model package group. */
      version: number;
      modelPackageArn: string;
      /** @description When it was registered, RFC 3339. */
      createdAt?: string;
      /** @description The training set, an s3:// prefix. */
      trainedFrom?: string;
      /** @description Figures measured on the test split, by their names. */
      metrics?: {
        [key: string]: number;
      };
    };
    ApiError: {
      error: {
        /** @enum {string} */
        code:
          | "invalid_request"
          | "access_denied"
          | "invalid_api_key"
          | "not_found"
          | "request_too_large"
          | "unsupported_media_type"
          | "throttled"
          | "quota_exceeded"
          | "endpoint_busy"
          | "internal_error"
          | "model_error"
          | "bad_gateway"
          | "no_model"
          | "endpoint_unavailable"
          | "timeout";
        message: string;
      };
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  predict: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["PredictionRequest"];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PredictionResponse"];
        };
      };
      /** @description invalid_request: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description access_denied: The request is not allowed. invalid_api_key: The header x-api-key is missing or not a known key. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description request_too_large: The request is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description unsupported_media_type: Send the body as application/json. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description throttled: Too many requests at once. Slow down and try again. quota_exceeded: The key's quota is used up until the next period. endpoint_busy: The model has no capacity left. Try again. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description internal_error: The gateway failed. Try again. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description model_error: The model could not answer this request. bad_gateway: The model's endpoint answered in an unexpected way. */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description endpoint_unavailable: The model's endpoint is not reachable. Try again. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description timeout: The model did not answer in time. */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
    };
  };
  health: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Health"];
        };
      };
      /** @description invalid_request: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description access_denied: The request is not allowed. invalid_api_key: The header x-api-key is missing or not a known key. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description request_too_large: The request is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description unsupported_media_type: Send the body as application/json. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description throttled: Too many requests at once. Slow down and try again. quota_exceeded: The key's quota is used up until the next period. endpoint_busy: The model has no capacity left. Try again. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description internal_error: The gateway failed. Try again. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description model_error: The model could not answer this request. bad_gateway: The model's endpoint answered in an unexpected way. */
      502: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description endpoint_unavailable: The model's endpoint is not reachable. Try again. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description timeout: The model did not answer in time. */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
    };
  };
  describeModel: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Model"];
        };
      };
      /** @description invalid_request: The request is not valid. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description access_denied: The request is not allowed. invalid_api_key: The header x-api-key is missing or not a known key. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description request_too_large: The request is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description unsupported_media_type: Send the body as application/json. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description throttled: Too many requests at once. Slow down and try again. quota_exceeded: The key's quota is used up until the next period. */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description internal_error: The gateway failed. Try again. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description no_model: No model is deployed yet. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description timeout: The model did not answer in time. */
      504: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
    };
  };
}
