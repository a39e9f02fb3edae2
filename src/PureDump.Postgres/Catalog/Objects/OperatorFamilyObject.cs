namespace PureDump.Postgres.Catalog.Objects;

/// <summary>An operator family (<c>pg_opfamily</c>). Its members here are the loose ones, which no class of it brings.</summary>
internal sealed class OperatorFamilyObject : OperatorGroupObject;
