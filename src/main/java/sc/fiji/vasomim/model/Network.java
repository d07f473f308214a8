package sc.fiji.vasomim.model;

import java.util.List;

/** A network's configuration: all that its parameter table and its computation follow from. */
public sealed interface Network permits MaskedAutoencoder, VisionTransformer, VitDet, EncoderNetwork {

	/** The name in a model file's header, such as {@code mae}. */
	String architecture();

	/** Attention heads of its transformer, the encoder's if there are two; 0 if it has none. */
	default int heads() {
		return 0;
	}

	/** What is done to grey values before the network sees them: {@code imagenet}, or {@code image}: mean 0, deviation 1. */
	default String normalisation() {
		return "imagenet";
	}

	/** The configuration's class of an {@link #architecture}; null if this version knows none. */
	static Class<? extends Network> type(final String architecture) {
		return switch (architecture) {
			case FasterRcnn.ARCHITECTURE -> FasterRcnn.class;
			case MaskedAutoencoder.ARCHITECTURE -> MaskedAutoencoder.class;
			case UNet.ARCHITECTURE -> UNet.class;
			case VisionTransformer.ARCHITECTURE -> VisionTransformer.class;
			case VitDet.ARCHITECTURE -> VitDet.class;
			case Unext.ARCHITECTURE -> Unext.class;
			case VitUNet.ARCHITECTURE -> VitUNet.class;
			default -> null;
		};
	}

	/** Every tensor. The order decides which random stream a tensor starts from, so it never changes. */
	List<ParameterSpec> parameters();
}
