package sc.fiji.vasomim.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ai.djl.Device;
import ai.djl.engine.EngineException;

class DevicesTest {

	@Test
	void cpuIsTheCpu() {
		assertEquals(Device.cpu(), Devices.parse("cpu"));
		assertEquals("cpu", Devices.name(Device.cpu()));
		assertEquals("gpu3", Devices.name(Device.gpu(3)));
	}

	@Test
	void anAbsentGpuIsRefusedAndNeverReplaced() {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> Devices.parse("gpu999"));
		assertTrue(e.getMessage().startsWith("device: gpu999") && e.getMessage().contains("cpu"), e.getMessage());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "CPU", "gpu", "gpu-1", "gpu1000", "cuda:0" })
	void otherNamesAreRefused(final String name) {
		final Exception e = assertThrows(IllegalArgumentException.class, () -> Devices.parse(name));
		assertTrue(e.getMessage().contains("must be auto, cpu or gpu0") && e.getMessage().contains(name), e.getMessage());
	}

	/** Messages of PyTorch 2.7 and of the CUDA runtime. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"PyTorch is not linked with support for cuda devices | false",
		"Could not run 'aten::empty.memory_format' with arguments from the 'CUDA' backend. | false",
		"Found no NVIDIA driver on your system. Please check that you have an NVIDIA GPU | false",
		"CUDA error: invalid device ordinal | false", "CUDA error: no CUDA-capable device is detected | false",
		"CUDA error: out of memory | true", "CUDA error: unknown error | true",
		"CUDA driver version is insufficient for CUDA runtime version | true",
		"The NVIDIA driver on your system is too old (found version 11040). | true" })
	void aGpuThatFailsIsNotTakenForNone(final String message, final boolean isFault) {
		assertEquals(isFault, Devices.isFault(message));
	}

	/** The libraries of NVIDIA have words of their own for it. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "CUDA out of memory. Tried to allocate 2.00 GiB | true",
		"CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)` | true",
		"cuDNN error: CUDNN_STATUS_ALLOC_FAILED | true", "CUDA error: CUBLAS_STATUS_EXECUTION_FAILED | false" })
	void allWordsForTooLittleMemoryAreKnown(final String message, final boolean isOutOfMemory) {
		assertEquals(isOutOfMemory, Devices.isOutOfMemory(new EngineException(message)));
	}

	@Test
	void precisionsHavePytorchsNumbers() {
		assertEquals(6, Precision.parse("auto", Device.cpu()).kind());
		assertEquals(15, Precision.parse("auto", Device.gpu(0)).kind());
		assertEquals(15, Precision.parse("bfloat16", Device.cpu()).kind());
		final Exception e = assertThrows(IllegalArgumentException.class, () -> Precision.parse("half", Device.cpu()));
		assertTrue(e.getMessage().contains("precision: ") && e.getMessage().contains("half"), e.getMessage());
	}

	@Test
	void severalDevicesAreGivenWithCommas() {
		assertEquals(java.util.List.of(Device.cpu(), Device.cpu()), Devices.parseAll("cpu, cpu"));
		assertEquals(java.util.List.of(Device.cpu()), Devices.parseAll("cpu"));
		for (final String wrong : new String[] { "cpu,", "cpu,gpu999", "", "cpu;cpu" })
			assertThrows(IllegalArgumentException.class, () -> Devices.parseAll(wrong), wrong);
	}
}
