"""Writes npy.json: .npy files of numpy.save, and what is in them.

    python3 tests/golden/record_npy.py > tests/golden/npy.json

Recorded with NumPy 1.24.2. Files are base64; values are in row-major order, whatever the file's.
"""

import base64
import io
import json

import numpy as np


def saved(array, version=None):
    file = io.BytesIO()
    if version is None:
        np.save(file, array, allow_pickle=False)
    else:
        np.lib.format.write_array(file, array, version=version, allow_pickle=False)
    return base64.b64encode(file.getvalue()).decode()


def case(name, array, version=None):
    values = array.astype("f8").ravel(order="C").tolist()
    return {"name": name, "file": saved(array, version), "shape": list(array.shape), "values": values}


numbers = np.array([[0, -1.5, 2.25], [1e-3, 65504, 3.14159265358979]])
whole = np.array([[0, 1, 127], [3, 100, 5]])
block = np.arange(24.0).reshape(2, 3, 4)

cases = [case(type, numbers.astype(type)) for type in ["<f2", "<f4", "<f8", ">f2", ">f4", ">f8"]]
cases += [
    case(type, whole.astype(type))
    for type in ["|i1", "|u1", "|b1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", ">i2", ">u4", ">i8"]
]
cases += [
    case("negative i8", np.array([-(2**53) + 1, 2**53 - 1], "<i8")),
    case("not finite", np.array([-0.0, 5e-324, 1.7976931348623157e308], "<f8")),
    case("Fortran's order of two", np.asfortranarray(numbers.astype("<f4"))),
    case("Fortran's order of three", np.asfortranarray(block)),
    case("no dimension", np.array(7.0)),
    case("one dimension", np.arange(5.0)),
    case("three dimensions", block),
    case("nothing", np.zeros((0, 3))),
    case("many rows", np.zeros((1000, 1), "|u1")),
    case("version 2", numbers, (2, 0)),
    case("version 3", numbers, (3, 0)),
]

refused = {
    "complex": saved(numbers.astype("<c8")),
    "texts": saved(np.array(["a", "bc"])),
    "dates": saved(np.array(["2020-01-01"], "<M8[D]")),
    "records": saved(np.array([(1, 2.0)], [("a", "<i4"), ("b", "<f4")])),
    "beyond 2^53": saved(np.array([2**53], "<i8")),
    "beyond -2^53": saved(np.array([-(2**53)], "<i8")),
    "beyond 2^63": saved(np.array([2**63], "<u8")),
}

print(json.dumps({"numpy": np.__version__, "cases": cases, "refused": refused}))
