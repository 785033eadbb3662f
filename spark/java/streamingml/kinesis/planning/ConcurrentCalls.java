package streamingml.kinesis.planning;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import streamingml.kinesis.stream.StreamException;

/**
 * Asks Kinesis on other threads than the query's. A call that reads from a socket hears no interruption and may take
 * seconds to give up, while whoever stops the query does not want to wait for that: this thread can be interrupted.
 */
final class ConcurrentCalls {

  private final Executor executor;

  /**
   * Creates it.
   *
   * @param executor makes several calls at the same time
   */
  ConcurrentCalls(Executor executor) {
    this.executor = executor;
  }

  /**
   * Makes one call and waits for its answer.
   *
   * @throws StreamException what the call threw, or, with an {@link InterruptedException} as its cause, that this
   *     thread was interrupted
   */
  <T> T one(Supplier<T> call) {
    return all(Map.of("", call)).get("");
  }

  /**
   * Makes calls at the same time and waits for all answers.
   *
   * @return the answers, by the keys of the calls
   * @throws StreamException what one of the calls threw; none is under way any more. Or, with an {@link
   *     InterruptedException} as its cause, that this thread was interrupted: calls that wait for a thread are not made,
   *     and those that were begun go on to an end nobody hears of
   */
  <T> Map<String, T> all(Map<String, Supplier<T>> calls) {
    Map<String, CompletableFuture<T>> asked = new TreeMap<>();
    calls.forEach((key, call) -> asked.put(key, CompletableFuture.supplyAsync(call, executor)));
    try {
      CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new)).get();
    } catch (ExecutionException error) {
      if (error.getCause() instanceof StreamException refusal) {
        throw refusal;
      }
      throw new CompletionException(error.getCause());
    } catch (InterruptedException error) {
      asked.values().forEach(answer -> answer.cancel(true));
      Thread.currentThread().interrupt();
      throw new StreamException("The query was stopped while it waited for Kinesis.", error);
    }
    Map<String, T> answers = new TreeMap<>();
    asked.forEach((key, answer) -> answers.put(key, answer.join()));
    return answers;
  }
}
