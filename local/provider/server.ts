/**
 * Speaks Pulumi's provider protocol for a `AwsStandIn`.
 *
 * `@pulumi/pulumi/provider` has a server too, but it hides from its provider whether an operation is
 * a preview, what the old inputs were and how the provider is configured. All three are needed to
 * say "replace" only where AWS would replace.
 */
import * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

import { messageOf } from "../../tools/terminal";
import type { AwsStandIn, DetailedChange } from "./standIn";
import { isObject, type Properties } from "./wire";

/** gRPC's default of 4 MiB is too small for some policy documents and dashboards. */
const MAXIMUM_MESSAGE_BYTES = 400 * 1024 * 1024;

const { PropertyDiff, DiffResponse } = messages;

/** Serves the provider on a free loopback port and resolves to it. */
export async function serve(standIn: AwsStandIn, version: string): Promise<number> {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": MAXIMUM_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAXIMUM_MESSAGE_BYTES,
  });
  server.addService(ResourceProviderService, service(standIn, version));
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    );
  });
}

function service(standIn: AwsStandIn, version: string): grpc.UntypedServiceImplementation {
  return {
    getPluginInfo: answer(() => new PluginInfo().setVersion(version)),
    attach: answer(() => new Empty()),
    cancel: answer(() => new Empty()),
    getSchema: answer(() => new messages.GetSchemaResponse().setSchema("{}")),
    checkConfig: answer((request: messages.CheckRequest) =>
      new messages.CheckResponse().setInputs(request.getNews()),
    ),
    diffConfig: answer(() => new DiffResponse().setChanges(DiffResponse.DiffChanges.DIFF_NONE)),
    configure: answer((request: messages.ConfigureRequest) => {
      standIn.configure(unpack(request.getArgs()));
      return new messages.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
    }),
    check: answer((request: messages.CheckRequest) => {
      const olds = request.hasOlds() ? unpack(request.getOlds()) : undefined;
      const inputs = standIn.check(
        request.getUrn(),
        olds,
        unpack(request.getNews()),
        request.getRandomseed_asU8(),
      );
      return new messages.CheckResponse().setInputs(pack(inputs));
    }),
    diff: answer((request: messages.DiffRequest) => {
      const olds = unpack(request.hasOldInputs() ? request.getOldInputs() : request.getOlds());
      return differenceMessage(standIn, request.getUrn(), olds, unpack(request.getNews()));
    }),
    create: answer(async (request: messages.CreateRequest) => {
      const inputs = unpack(request.getProperties());
      const created = await standIn.create(request.getUrn(), inputs, request.getPreview());
      return new messages.CreateResponse().setId(created.id).setProperties(pack(created.outputs));
    }),
    read: answer(async (request: messages.ReadRequest) => {
      const found = await standIn.read(
        request.getUrn(),
        request.getId(),
        unpack(request.getProperties()),
        unpack(request.getInputs()),
      );
      const response = new messages.ReadResponse();
      return found === undefined
        ? response
        : response
            .setId(request.getId())
            .setProperties(pack(found.outputs))
            .setInputs(pack(found.inputs));
    }),
    update: answer(async (request: messages.UpdateRequest) => {
      const outputs = await standIn.update(
        request.getUrn(),
        request.getId(),
        unpack(request.getOlds()),
        unpack(request.getNews()),
        request.getPreview(),
      );
      return new messages.UpdateResponse().setProperties(pack(outputs));
    }),
    delete: answer(async (request: messages.DeleteRequest) => {
      await standIn.delete(request.getUrn(), request.getId(), unpack(request.getProperties()));
      return new Empty();
    }),
    invoke: answer((request: messages.InvokeRequest) => {
      const outputs = standIn.invoke(request.getTok(), unpack(request.getArgs()));
      return new messages.InvokeResponse().setReturn(pack(outputs));
    }),
  };
}

/** Turns a function of the request into a handler; the engine gets the message of an error. */
function answer<Request, Response>(
  respond: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => respond(call.request))
      .then(
        (response) => callback(null, response),
        (error: unknown) =>
          callback({
            code: grpc.status.UNKNOWN,
            details: messageOf(error),
          }),
      );
  };
}

function differenceMessage(
  standIn: AwsStandIn,
  urn: string,
  olds: Properties,
  news: Properties,
): messages.DiffResponse {
  const { changes, replaces, deleteBeforeReplace } = standIn.diff(urn, olds, news);
  const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
  const response = new DiffResponse()
    .setChanges(changes.length === 0 ? DIFF_NONE : DIFF_SOME)
    .setReplacesList([...replaces])
    .setDiffsList(changes.map((change) => change.path))
    .setDeletebeforereplace(deleteBeforeReplace)
    .setHasdetaileddiff(true);
  for (const change of changes) {
    const detail = new PropertyDiff().setKind(kindOf(change)).setInputdiff(true);
    response.getDetaileddiffMap().set(change.path, detail);
  }
  return response;
}

function kindOf({ kind, replaces }: DetailedChange): messages.PropertyDiff.Kind {
  const { Kind } = PropertyDiff;
  switch (kind) {
    case "add":
      return replaces ? Kind.ADD_REPLACE : Kind.ADD;
    case "delete":
      return replaces ? Kind.DELETE_REPLACE : Kind.DELETE;
    case "update":
      return replaces ? Kind.UPDATE_REPLACE : Kind.UPDATE;
  }
}

function unpack(struct: Struct | undefined): Properties {
  const value: unknown = struct?.toJavaScript();
  return isObject(value) ? value : {};
}

/** Undefined values cannot be packed: they do not exist in the protocol. */
function pack(properties: Properties): Struct {
  return Struct.fromJavaScript(withoutUndefined(properties) as { [key: string]: JavaScriptValue });
}

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((element) => (element === undefined ? null : withoutUndefined(element)));
  }
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, element]) => element !== undefined)
        .map(([key, element]) => [key, withoutUndefined(element)]),
    );
  }
  return value;
}
