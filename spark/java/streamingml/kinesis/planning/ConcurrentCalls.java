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
 * Calls Kinesis on other threads than the query's. A call that reads from a socket cannot be interrupted and may take
 * seconds to fail. The query's thread, which waits for it, can be interrupted, so that the query stops at once.
 */
final class ConcurrentCalls {

  private final Executor executor;

  /**
   * Creates it.
   *
   * @param executor runs several calls at the same time
   */
  ConcurrentCalls(Executor executor) {
    this.executor = executor;
  }

  /**
   * Makes one call and waits for its result.
   *
   * @throws StreamException what the call threw, or, with an {@link InterruptedException} as its cause, that this
   *     thread was interrupted
   */
  <T> T one(Supplier<T> call) {
    return all(Map.of("", call)).get("");
  }

  /**
   * Makes calls at the same time and waits for all results.
   *
   * @return the results, by the keys of the calls
   * @throws StreamException what one of the calls threw, after all have ended. Or, with an {@link InterruptedException} as
   *     its cause, that this thread was interrupted: calls that wait for a thread are not made, and the results of those
   *     that were started are ignored
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
