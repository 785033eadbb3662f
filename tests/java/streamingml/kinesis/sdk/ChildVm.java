package streamingml.kinesis.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A virtual machine of its own, with an environment in which AWS's SDK finds nothing but what a test puts there. */
final class ChildVm {

  private final Path folder;
  private final List<String> classPath = new ArrayList<>(
    List.of(System.getProperty("java.class.path"))
  );
  private final Map<String, String> environment = new TreeMap<>();

  /**
   * Creates it.
   *
   * @param folder takes its log
   */
  ChildVm(Path folder) {
    this.folder = folder;
    String absent = folder.resolve("absent").toString();
    environment.put("AWS_CONFIG_FILE", absent);
    environment.put("AWS_SHARED_CREDENTIALS_FILE", absent);
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
  }

  ChildVm firstOnClassPath(Path jar) {
    classPath.add(0, jar.toString());
    return this;
  }

  ChildVm with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Runs a program; returns what it prints, and fails with its log when it fails. */
  String output(Class<?> program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-classpath", String.join(File.pathSeparator, classPath)));
    command.add(program.getName());
    command.addAll(List.of(arguments));
    Path log = folder.resolve("log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder
      .environment()
      .keySet()
      .removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> read(log));
    return output;
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
