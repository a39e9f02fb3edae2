namespace PureDump.Formats.Errors;

/// <summary>Which entry of a dump an error is about: all that an error knows of one.</summary>
/// <param name="Id">Its number in the dump.</param>
/// <param name="Label">Its name in messages: <c>TABLE public.orders</c>.</param>
/// <param name="Listing">Its name in messages of pg_restore: <c>215; 1259 16385 TABLE orders shop</c>.</param>
internal sealed record EntryName(int Id, string Label, string Listing);
