package streamingml.kinesis.sdk;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers over HTTP in the words of Kinesis's API reference, one prepared answer after the other. On a socket of its
 * own, because the JDK's server writes its own Date over every answer's.
 */
final class KinesisServer implements AutoCloseable {

  /** A request as it came. */
  record Request(Map<String, String> headers, byte[] body) {
    String operation() {
      String target = headers.get("X-Amz-Target");
      return target.substring(target.indexOf('.') + 1);
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private record Answer(int status, Instant date, String body) {}

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<Request> requests = new ArrayList<>();

  KinesisServer() throws IOException {
    Thread thread = new Thread(this::serve, "kinesis-server");
    thread.setDaemon(true);
    thread.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Prepares an answer; the last one prepared is given again and again. */
  KinesisServer answers(String json) {
    return answers(200, Instant.now(), json);
  }

  /** Prepares an answer of a server with another clock. */
  synchronized KinesisServer answers(int status, Instant date, String json) {
    answers.add(new Answer(status, date, json));
    return this;
  }

  /** Prepares a refusal, in the form of the JSON protocol. */
  KinesisServer refuses(int status, String code, String message) {
    return answers(
      status,
      Instant.now(),
      "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(code, message)
    );
  }

  synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        Answer answer = take(read(new BufferedInputStream(socket.getInputStream())));
        socket.getOutputStream().write(response(answer));
      } catch (IOException error) {
        // The test is over, or its client went away.
      }
    }
  }

  private synchronized Answer take(Request request) {
    requests.add(request);
    return answers.size() > 1 ? answers.remove() : answers.element();
  }

  private static Request read(InputStream input) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    // The request line holds nothing that matters.
    line(input);
    for (String line = line(input); !line.isEmpty(); line = line(input)) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return new Request(headers, input.readNBytes(Integer.parseInt(headers.get("Content-Length"))));
  }

  private static String line(InputStream input) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = input.read(); next != '\n' && next >= 0; next = input.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  private static byte[] response(Answer answer) {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
      answer.date().atOffset(ZoneOffset.UTC)
    );
    return """
    HTTP/1.1 %d Answer
    Date: %s
    Content-Type: application/x-amz-json-1.1
    Content-Length: %d
    Connection: close

    """
      .formatted(answer.status(), date, answer.body().length())
      .replace("\n", "\r\n")
      .concat(answer.body())
      .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
