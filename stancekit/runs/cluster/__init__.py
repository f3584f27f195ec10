"""Label an archive on many processes or machines: the engine of a run that Dask drives.

A source is cut into `pieces`; each becomes one Parquet part, made by `work` in a process that was
handed the run once; `connect` finds or starts the processes, `tasks` gives them work. `on_dask`
takes what is asked for, `engine` is what `stancekit.runs.run` then carries out. Nothing here
schedules: Dask does.
"""
