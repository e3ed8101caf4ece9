"""What can be wrong with a cluster, apart from the cluster: importing Dask takes a while."""

from __future__ import annotations

__all__ = ["ClusterTrouble"]


class ClusterTrouble(RuntimeError):
    """The cluster cannot be reached or used; the message says why."""
