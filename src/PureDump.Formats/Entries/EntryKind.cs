namespace PureDump.Formats.Entries;

/// <summary>
/// The kind of an entry, written as pg_dump writes it in its table of contents (the <c>desc</c> of
/// pg_backup_archiver.c). A kind is a string because archives of other producers may hold kinds unknown here.
/// </summary>
internal static class EntryKind
{
#pragma warning disable CS1591 // each constant is its own documentation
    public const string Encoding = "ENCODING";
    public const string StdStrings = "STDSTRINGS";
    public const string SearchPath = "SEARCHPATH";
    public const string Database = "DATABASE";
    public const string DatabaseProperties = "DATABASE PROPERTIES";
    public const string Role = "ROLE";
    public const string RoleProperties = "ROLE PROPERTIES";
    public const string RoleSettings = "ROLE SETTINGS";
    public const string RoleMembership = "ROLE MEMBERSHIP";
    public const string Tablespace = "TABLESPACE";
    public const string TablespaceProperties = "TABLESPACE PROPERTIES";
    public const string Schema = "SCHEMA";
    public const string Extension = "EXTENSION";
    public const string ShellType = "SHELL TYPE";
    public const string Type = "TYPE";
    public const string Domain = "DOMAIN";
    public const string ProceduralLanguage = "PROCEDURAL LANGUAGE";
    public const string AccessMethod = "ACCESS METHOD";
    public const string Operator = "OPERATOR";
    public const string OperatorClass = "OPERATOR CLASS";
    public const string OperatorFamily = "OPERATOR FAMILY";
    public const string Collation = "COLLATION";
    public const string Conversion = "CONVERSION";
    public const string Cast = "CAST";
    public const string Transform = "TRANSFORM";
    public const string Function = "FUNCTION";
    public const string Procedure = "PROCEDURE";
    public const string Aggregate = "AGGREGATE";
    public const string TextSearchParser = "TEXT SEARCH PARSER";
    public const string TextSearchTemplate = "TEXT SEARCH TEMPLATE";
    public const string TextSearchDictionary = "TEXT SEARCH DICTIONARY";
    public const string TextSearchConfiguration = "TEXT SEARCH CONFIGURATION";
    public const string ForeignDataWrapper = "FOREIGN DATA WRAPPER";
    public const string Server = "SERVER";
    public const string UserMapping = "USER MAPPING";
    public const string Table = "TABLE";
    public const string ForeignTable = "FOREIGN TABLE";
    public const string TableAttach = "TABLE ATTACH";
    public const string TableData = "TABLE DATA";
    public const string View = "VIEW";
    public const string MaterializedView = "MATERIALIZED VIEW";
    public const string MaterializedViewData = "MATERIALIZED VIEW DATA";
    public const string Sequence = "SEQUENCE";
    public const string SequenceOwnedBy = "SEQUENCE OWNED BY";
    public const string SequenceSet = "SEQUENCE SET";
    public const string Default = "DEFAULT";
    public const string LargeObjectMetadata = "BLOB METADATA";
    public const string LargeObjects = "BLOBS";
    public const string Constraint = "CONSTRAINT";
    public const string CheckConstraint = "CHECK CONSTRAINT";
    public const string ForeignKey = "FK CONSTRAINT";
    public const string Index = "INDEX";
    public const string IndexAttach = "INDEX ATTACH";
    public const string Statistics = "STATISTICS";
    public const string Rule = "RULE";
    public const string Trigger = "TRIGGER";
    public const string EventTrigger = "EVENT TRIGGER";
    public const string Policy = "POLICY";
    public const string RowSecurity = "ROW SECURITY";
    public const string Publication = "PUBLICATION";
    public const string PublicationTable = "PUBLICATION TABLE";
    public const string PublicationSchema = "PUBLICATION TABLES IN SCHEMA";
    public const string Subscription = "SUBSCRIPTION";
    public const string DefaultAcl = "DEFAULT ACL";
    public const string Acl = "ACL";
    public const string Comment = "COMMENT";
    public const string SecurityLabel = "SECURITY LABEL";
    public const string StatisticsData = "STATISTICS DATA";
    public const string ExtendedStatisticsData = "EXTENDED STATISTICS DATA";
#pragma warning restore CS1591
}
