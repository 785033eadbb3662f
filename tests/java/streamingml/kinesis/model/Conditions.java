package streamingml.kinesis.model;

import java.time.Duration;

/** How the model behaves where Kinesis's documentation leaves it open. By default as kindly as it may. */
public final class Conditions {

  Duration retention = Duration.ofHours(24);
  Duration callTime = Duration.ofMillis(20);
  Duration disorder = Duration.ZERO;
  Duration emptyStretch = Duration.ofDays(365);
  int emptyPageOneIn;
  int shortPageOneIn;
  int throttledOneIn;
  int networkErrorOneIn;
  boolean quotas;
  boolean refusalTellsTime = true;

  /** How long a record can be read. */
  public Conditions retention(Duration value) {
    retention = value;
    return this;
  }

  /** How long a call takes. */
  public Conditions callTime(Duration value) {
    callTime = value;
    return this;
  }

  /** By how much an arrival time may be wrong, early or late. */
  public Conditions disorder(Duration value) {
    disorder = value;
    return this;
  }

  /** How much time without a record one empty page passes over. */
  public Conditions emptyStretch(Duration value) {
    emptyStretch = value;
    return this;
  }

  /** One of how many pages is empty although records wait; 0 for none. */
  public Conditions emptyPageOneIn(int value) {
    emptyPageOneIn = value;
    return this;
  }

  /** One of how many pages holds fewer records than it could; 0 for none. */
  public Conditions shortPageOneIn(int value) {
    shortPageOneIn = value;
    return this;
  }

  /** One of how many calls is throttled, whatever the quotas; 0 for none. */
  public Conditions throttledOneIn(int value) {
    throttledOneIn = value;
    return this;
  }

  /** One of how many calls gets no answer; 0 for none. */
  public Conditions networkErrorOneIn(int value) {
    networkErrorOneIn = value;
    return this;
  }

  /** Whether a shard gives five pages and iterators a second, and 2 MiB a second, at most. */
  public Conditions quotas(boolean value) {
    quotas = value;
    return this;
  }

  /** Whether the refusal of a future time contains the current time. */
  public Conditions refusalTellsTime(boolean value) {
    refusalTellsTime = value;
    return this;
  }
}
