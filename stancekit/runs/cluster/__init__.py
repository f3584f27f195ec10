"""Label an archive on many processes or machines: the chunk function of a run, mapped by Dask.

A source is cut into `pieces`; each becomes one Parquet part in a `folder`, made by `work` in a
process that was handed its job and `model` once; `connect` finds or starts the processes, and
`engine` is the run from its first piece to the summary. Nothing here schedules: Dask does.
"""
