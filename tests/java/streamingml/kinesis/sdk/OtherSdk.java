package streamingml.kinesis.sdk;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import streamingml.relocated.software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Another version of the AWS SDK and of all it needs: it has every class that ours has, under its original name, and
 * only one of them can be loaded. Code that uses a part of it instead of ours fails immediately.
 */
final class OtherSdk {

  private static final String OURS = "streamingml/relocated/";
  private static final String SERVICES = "META-INF/services/";
  private static final String CLIENT = "software/amazon/awssdk/services/kinesis/KinesisClient";
  private static final byte[] BROKEN = "no class".getBytes(StandardCharsets.UTF_8);

  private OtherSdk() {}

  /** Writes its jar into a folder. */
  static Path jar(Path folder) throws IOException, URISyntaxException {
    Path jar = folder.resolve("other-sdk.jar");
    try (ZipOutputStream output = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String name : originalNames()) {
        put(output, name, name.equals(CLIENT + ".class") ? working(folder) : BROKEN);
      }
      for (String place : List.of("global/handlers", "services/kinesis")) {
        String interceptors = "software/amazon/awssdk/" + place + "/execution.interceptors";
        put(output, interceptors, "no.such.Interceptor".getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private static List<String> originalNames() throws IOException, URISyntaxException {
    Path root = Path.of(
      KinesisClient.class.getProtectionDomain().getCodeSource().getLocation().toURI()
    );
    try (Stream<Path> files = Files.walk(root)) {
      return files
        .filter(Files::isRegularFile)
        .map(file -> root.relativize(file).toString().replace(File.separatorChar, '/'))
        .map(OtherSdk::originalName)
        .toList();
    }
  }

  private static String originalName(String name) {
    return name.startsWith(SERVICES)
      ? SERVICES + name.substring(SERVICES.length()).replace(OURS.replace('/', '.'), "")
      : name.replace(OURS, "");
  }

  /** The client, of which the other version has a method more. */
  private static byte[] working(Path folder) throws IOException {
    Path source = folder.resolve("KinesisClient.java");
    Files.writeString(
      source,
      """
      package software.amazon.awssdk.services.kinesis;
      public class KinesisClient {
        public static String version() { return "another version"; }
      }
      """
    );
    int status = ToolProvider.getSystemJavaCompiler().run(
      null,
      null,
      null,
      "-d",
      folder.toString(),
      source.toString()
    );
    if (status != 0) {
      throw new IOException("The other version's client does not compile.");
    }
    return Files.readAllBytes(folder.resolve(CLIENT + ".class"));
  }

  private static void put(ZipOutputStream output, String name, byte[] content) throws IOException {
    output.putNextEntry(new ZipEntry(name));
    output.write(content);
    output.closeEntry();
  }
}
