"""Numbers of SsimTest: scikit-image's structural similarity of two images that both sides can make."""
import numpy as np
from skimage.metrics import structural_similarity

height, width = 29, 37
y, x = np.mgrid[:height, :width]
reference = (x * 7 + y * 13 + x * y) % 256
image = np.clip(reference + (x * 31 + y * 17) % 41 - 20, 0, 255)
mask = (x // 8 + y // 8) % 2 == 0
mean, full = structural_similarity(image.astype(np.uint8), reference.astype(np.uint8), gaussian_weights=True, sigma=1.5,
                                   use_sample_covariance=False, data_range=255, full=True)
print("mean", repr(float(mean)))
print("mean of the map over the mask", repr(float(full[mask].mean())))
for at in ((0, 0), (36, 0), (0, 28), (36, 28), (18, 14), (3, 20)):
    print("map at", at, repr(float(full[at[1], at[0]])))
