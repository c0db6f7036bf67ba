#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""SciPy's sparse matrices, one thread."""
import numpy
import scipy.sparse
import scipy.sparse.linalg

from graph_file import main


def matrix(edges):
    """Investors by companies; without companies the symmetric matrix."""
    rows, columns = edges.ends[:, 0].astype(numpy.int32), edges.ends[:, 1].astype(numpy.int32)
    if edges.companies:
        shape = (edges.investors, edges.companies)
        return scipy.sparse.csr_matrix((edges.weights, (rows, columns - edges.investors)), shape=shape)
    half = scipy.sparse.csr_matrix((edges.weights, (rows, columns)), shape=(edges.investors, edges.investors))
    return half + half.T


def projection(edges):
    b = matrix(edges)
    transposed = b.T.tocsr()

    def run():
        ties = b @ transposed
        ties.setdiag(0)
        ties.eliminate_zeros()
        return ties.nnz // 2

    return run


def leading(edges):
    m = matrix(edges)
    if edges.companies:
        return lambda: abs(scipy.sparse.linalg.svds(m, k=1, tol=1e-10, random_state=1)[0]).max()
    return lambda: abs(scipy.sparse.linalg.eigsh(m, k=1, which="LA", tol=1e-10)[1]).max()


main({"projection": projection, "eigenvector": leading, "hits": leading})
