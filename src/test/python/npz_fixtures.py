"""Writes the numpy archives of NpzImageTest.

    pip install numpy
    python npz_fixtures.py ../resources/files/npz

The values are formulas: frame k, row y, column x holds 40 k + 5 y + x.
"""
import os
import sys

import numpy as np

FOLDER = sys.argv[1]
os.makedirs(FOLDER, exist_ok=True)
K, Y, X = np.mgrid[:3, :7, :5]
VALUES = 40 * K + 5 * Y + X


def save(name, array, compressed=True, **more):
    (np.savez_compressed if compressed else np.savez)(os.path.join(FOLDER, name + '.npz'), pixel_array=array, **more)


# As CoronaryDominance has it: other members, one of them pickled.
save('float32', VALUES.astype('<f4'), seriesid=np.array('1.2.3'), primary_positioner_angle=np.array(-29.5),
     notes=np.array({'a': 1}, dtype=object))
save('float64', VALUES.astype('<f8'))
save('stored', VALUES.astype('<f4'), compressed=False)
save('uint8', VALUES.astype('u1'))
save('one-frame', VALUES[1].astype('<f4'))
save('unit-range', (VALUES / 255).astype('<f4'))
save('wide-range', (VALUES * 16).astype('<f4'))
save('big-endian', VALUES.astype('>f4'))
save('fortran', np.asfortranarray(VALUES.astype('<f4')))
save('int16', VALUES.astype('<i2'))
save('pickled', np.array([{'a': 1}], dtype=object))
save('structured', np.zeros(4, dtype=[('a', '<f4'), ('b', '<f4')]))
save('four-axes', VALUES.astype('<f4')[None])
save('empty', VALUES[:0].astype('<f4'))
np.savez_compressed(os.path.join(FOLDER, 'other-member.npz'), image=VALUES)
