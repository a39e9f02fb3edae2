using PureDump.Postgres.Catalog.Objects;
using PureDump.Postgres.Catalog;

namespace PureDump.Postgres.Ddl;

/// <summary>Turns the sorted objects into entries: one line here per class of object.</summary>
internal static class DdlWriter
{
    /// <summary>Adds the entries of one object.</summary>
    public static void Emit(CatalogObject item, DdlContext context)
    {
        switch (item)
        {
            case SchemaObject schema:
                SchemaDdl.Emit(schema, context);
                break;
            case TableObject { RelKind: 'v' or 'm' } view:
                ViewDdl.Emit(view, context);
                break;
            case LanguageObject language:
                LanguageDdl.Emit(language, context);
                break;
            case RefreshObject refresh:
                RefreshDdl.Emit(refresh, context);
                break;
            case RuleObject rule:
                RuleDdl.Emit(rule, context);
                break;
            case TriggerObject trigger:
                TriggerDdl.Emit(trigger, context);
                break;
            case PolicyObject policy:
                PolicyDdl.Emit(policy, context);
                break;
            case TableObject { IsTableLike: true } table:
                TableDdl.Emit(table, context);
                break;
            case TableObject { IsSequence: true } sequence:
                SequenceDdl.Emit(sequence, context);
                break;
            case TableAttachObject attach:
                TableAttachDdl.Emit(attach, context);
                break;
            case DefaultObject value:
                DefaultDdl.Emit(value, context);
                break;
            case IndexObject index:
                IndexDdl.Emit(index, context);
                break;
            case IndexAttachObject attach:
                IndexDdl.Emit(attach, context);
                break;
            case ConstraintObject { Table: not null } constraint:
                ConstraintDdl.Emit(constraint, context);
                break;
            case TableDataObject data:
                TableDataDdl.Emit(data, context);
                break;
            case SequenceSetObject value:
                SequenceDdl.Emit(value, context);
                break;
            case ExtensionObject extension:
                ExtensionDdl.Emit(extension, context);
                break;
            case TypeObject type:
                TypeDdl.Emit(type, context);
                break;
            case ShellTypeObject shell:
                TypeDdl.EmitShell(shell, context);
                break;
            case ConstraintObject { Domain: not null } constraint:
                TypeDdl.EmitConstraint(constraint, context);
                break;
            case AggregateObject aggregate:
                AggregateDdl.Emit(aggregate, context);
                break;
            case FunctionObject function:
                FunctionDdl.Emit(function, context);
                break;
            case AccessMethodObject method:
                AccessMethodDdl.Emit(method, context);
                break;
            case OperatorObject operation:
                OperatorDdl.Emit(operation, context);
                break;
            case OperatorClassObject operatorClass:
                OperatorGroupDdl.Emit(operatorClass, context);
                break;
            case OperatorFamilyObject family:
                OperatorGroupDdl.Emit(family, context);
                break;
            case CollationObject collation:
                CollationDdl.Emit(collation, context);
                break;
            case ConversionObject conversion:
                ConversionDdl.Emit(conversion, context);
                break;
            case CastObject cast:
                CastDdl.Emit(cast, context);
                break;
            case TransformObject transform:
                TransformDdl.Emit(transform, context);
                break;
            case LargeObjectGroup group:
                LargeObjectDdl.Emit(group, context);
                break;
            case LargeObjectDataObject data:
                LargeObjectDdl.EmitData(data, context);
                break;
            case PublicationObject publication:
                PublicationDdl.Emit(publication, context);
                break;
            case PublicationTableObject member:
                PublicationDdl.Emit(member, context);
                break;
            case PublicationSchemaObject member:
                PublicationDdl.Emit(member, context);
                break;
            case SubscriptionObject subscription:
                SubscriptionDdl.Emit(subscription, context);
                break;
            case StatisticsDataObject statistics:
                StatisticsDataDdl.Emit(statistics, context);
                break;
            case DefaultAclObject defaultAcl:
                DefaultAclDdl.Emit(defaultAcl, context);
                break;
            case TextSearchParserObject parser:
                TextSearchDdl.Emit(parser, context);
                break;
            case TextSearchTemplateObject template:
                TextSearchDdl.Emit(template, context);
                break;
            case TextSearchDictionaryObject dictionary:
                TextSearchDdl.Emit(dictionary, context);
                break;
            case TextSearchConfigurationObject configuration:
                TextSearchDdl.Emit(configuration, context);
                break;
            case ForeignDataWrapperObject wrapper:
                ForeignDataDdl.Emit(wrapper, context);
                break;
            case ForeignServerObject server:
                ForeignDataDdl.Emit(server, context);
                break;
            case EventTriggerObject trigger:
                EventTriggerDdl.Emit(trigger, context);
                break;
            case ExtendedStatisticsObject statistics:
                ExtendedStatisticsDdl.Emit(statistics, context);
                break;
        }
    }
}
