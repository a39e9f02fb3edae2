using PureDump.Formats.Entries;

namespace PureDump.Engine.Telemetry;

/// <summary>A worker was busy with an entry: with its statements, or with rows of it.</summary>
/// <param name="Worker">Which, from 0.</param>
/// <param name="Entry">With what.</param>
/// <param name="Began">From the begin of the run.</param>
/// <param name="Ended">From the begin of the run.</param>
internal sealed record WorkSpan(int Worker, TocEntry Entry, TimeSpan Began, TimeSpan Ended);
