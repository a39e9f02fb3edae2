namespace PureDump.Engine.Jobs;

/// <summary>
/// Jobs that could be taken, the most urgent first; rows and statements apart, for there may be a limit of each. What was put in as urgent
/// may have become less so: that shows when its turn comes, and it is put back.
/// </summary>
/// <param name="width">How many connections there are.</param>
internal sealed class ReadyQueue(int width)
{
    private readonly PriorityQueue<Job, (double NegativeUrgency, int Rank, int Id)> _rows = new();
    private readonly PriorityQueue<Job, (double NegativeUrgency, int Rank, int Id)> _statements = new();

    /// <summary>How many there are.</summary>
    public int Count => _rows.Count + _statements.Count;

    /// <summary>Puts one in.</summary>
    public void Add(Job job) => (job.Parts is null ? _statements : _rows).Enqueue(job, OrderOf(job));

    /// <summary>Where a job stands among others.</summary>
    public (double NegativeUrgency, int Rank, int Id) OrderOf(Job job) => (-job.Urgency(width), job.Rank, job.Entry.Id.Value);

    /// <summary>Takes out the first.</summary>
    /// <param name="allowsRows">Whether rows may be given.</param>
    /// <param name="allowsStatements">Whether statements may be given.</param>
    public Job? Take(bool allowsRows, bool allowsStatements)
    {
        while (true)
        {
            bool hasRows = Look(allowsRows, _rows, out (double NegativeUrgency, int Rank, int Id) rowsOrder);
            bool hasStatements = Look(allowsStatements, _statements, out (double NegativeUrgency, int Rank, int Id) statementOrder);
            if (!hasRows && !hasStatements)
            {
                return null;
            }

            bool isRows = hasRows && (!hasStatements || rowsOrder.CompareTo(statementOrder) < 0);
            (double NegativeUrgency, int Rank, int Id) order = isRows ? rowsOrder : statementOrder;
            Job job = (isRows ? _rows : _statements).Dequeue();
            (double NegativeUrgency, int Rank, int Id) today = OrderOf(job);
            if (today.CompareTo(order) <= 0)
            {
                return job;
            }

            (isRows ? _rows : _statements).Enqueue(job, today);
        }
    }

    private static bool Look(
        bool isAllowed,
        PriorityQueue<Job, (double NegativeUrgency, int Rank, int Id)> queue,
        out (double NegativeUrgency, int Rank, int Id) order)
    {
        order = default;
        return isAllowed && queue.TryPeek(out _, out order);
    }
}
