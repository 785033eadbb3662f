package streamingml.kinesis.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamingml.relocated.software.amazon.awssdk.http.SdkHttpService;
import streamingml.relocated.software.amazon.awssdk.http.apache5.Apache5SdkHttpService;
import streamingml.relocated.software.amazon.awssdk.thirdparty.jackson.core.JsonFactory;
import streamingml.relocated.software.amazon.awssdk.thirdparty.jackson.dataformat.cbor.CBORFactory;

/** Names in files and strings must have moved with the classes. */
final class RelocatedSdkTest {

  @Test
  void findsItsServicesUnderTheirNewNames() {
    assertEquals(List.of(Apache5SdkHttpService.class), providers(SdkHttpService.class));
    assertTrue(providers(JsonFactory.class).contains(CBORFactory.class));
  }

  private static <T> List<Class<?>> providers(Class<T> service) {
    return ServiceLoader.load(service)
      .stream()
      .<Class<?>>map(ServiceLoader.Provider::type)
      .toList();
  }

  @Test
  void runsBehindAnotherVersionWithAllItFindsInTheEnvironment(@TempDir Path folder)
    throws IOException, InterruptedException, URISyntaxException {
    try (KinesisServer server = new KinesisServer().answers("{\"ShardIterator\":\"found\"}")) {
      assertEquals(
        "found\nanother version\n",
        new ChildVm(folder)
          .firstOnClassPath(OtherSdk.jar(folder))
          .with("AWS_REGION", "eu-central-1")
          .with("AWS_ACCESS_KEY_ID", "from-environment")
          .with("AWS_SECRET_ACCESS_KEY", "test")
          .with("AWS_ENDPOINT_URL_KINESIS", server.endpoint().toString())
          .with("CBOR_ENABLED", "false")
          .output(BesideAnotherSdk.class, "events")
      );
      KinesisServer.Request request = server.requests().get(0);
      assertEquals("application/x-amz-json-1.1", request.headers().get("Content-Type"));
      String signedFor = request.headers().get("Authorization");
      assertTrue(signedFor.contains("Credential=from-environment/"), signedFor);
      assertTrue(signedFor.contains("/eu-central-1/kinesis/"), signedFor);
    }
  }
}
