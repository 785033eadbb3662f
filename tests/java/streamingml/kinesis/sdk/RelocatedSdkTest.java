package streamingml.kinesis.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
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
}
