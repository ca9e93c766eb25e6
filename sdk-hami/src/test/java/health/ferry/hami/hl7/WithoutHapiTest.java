package health.ferry.hami.hl7;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WithoutHapiTest {

  @Test
  void names_the_artifact_that_is_missing() throws Exception {
    Method read =
        new HapiHidden().loadClass(Hl7Messages.class.getName()).getMethod("read", String.class);

    assertThatThrownBy(() -> read.invoke(null, Oru.of(Oru.HEADER, Oru.PATIENT)))
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("ca.uhn.hapi:hapi-base");
  }

  /** The class path as it is for who did not add the optional dependency. */
  private static final class HapiHidden extends ClassLoader {

    HapiHidden() {
      super(HapiHidden.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("ca.uhn.hl7v2.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("health.ferry.hami.hl7.")) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String file = name.replace('.', '/') + ".class";
      try (InputStream bytes = Objects.requireNonNull(getResourceAsStream(file))) {
        byte[] type = bytes.readAllBytes();
        return defineClass(name, type, 0, type.length);
      } catch (IOException unreadable) {
        throw new ClassNotFoundException(name, unreadable);
      }
    }
  }
}
