package streamingml.kinesis.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamingml.relocated.software.amazon.awssdk.http.SdkHttpService;
import streamingml.relocated.software.amazon.awssdk.http.apache5.Apache5SdkHttpService;
import streamingml.relocated.software.amazon.awssdk.thirdparty.jackson.core.JsonFactory;
import streamingml.relocated.software.amazon.awssdk.thirdparty.jackson.dataformat.cbor.CBORFactory;

/** What is named in files and strings must have moved together with the classes. */
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
        output(folder, server.endpoint())
      );
      KinesisServer.Request request = server.requests().get(0);
      assertEquals("application/x-amz-json-1.1", request.headers().get("Content-Type"));
      String signedFor = request.headers().get("Authorization");
      assertTrue(signedFor.contains("Credential=from-environment/"), signedFor);
      assertTrue(signedFor.contains("/eu-central-1/kinesis/"), signedFor);
    }
  }

  private static String output(Path folder, URI endpoint)
    throws IOException, InterruptedException, URISyntaxException {
    String classPath =
      OtherSdk.jar(folder) + File.pathSeparator + System.getProperty("java.class.path");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder = new ProcessBuilder(
      java.toString(),
      "-classpath",
      classPath,
      BesideAnotherSdk.class.getName(),
      "events"
    );
    builder.environment().put("AWS_REGION", "eu-central-1");
    builder.environment().put("AWS_ACCESS_KEY_ID", "from-environment");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "test");
    builder.environment().put("CBOR_ENABLED", "false");
    builder.environment().put("AWS_ENDPOINT_URL_KINESIS", endpoint.toString());
    File log = folder.resolve("log").toFile();
    Process process = builder.redirectError(log).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> read(log));
    return output;
  }

  private static String read(File log) {
    try {
      return Files.readString(log.toPath());
    } catch (IOException error) {
      return error.toString();
    }
  }
}
