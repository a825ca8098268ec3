namespace Evercard.DevHost.Roles;

/// <summary>What this process holds once everything that is garbage was collected.</summary>
/// <param name="Heap">Managed heap, bytes.</param>
/// <param name="Resident">Of the whole process, bytes.</param>
public sealed record MemoryInUse(long Heap, long Resident)
{
    public static MemoryInUse Now()
    {
        for (var i = 0; i < 2; i++)
        {
            // Finalizers may let go of more.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return new MemoryInUse(GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
    }

    /// <summary>"HEAP RESIDENT".</summary>
    public override string ToString() => $"{Heap} {Resident}";

    public static MemoryInUse Parse(string text)
    {
        var numbers = text.Split(' ').Select(long.Parse).ToArray();
        return new MemoryInUse(numbers[0], numbers[1]);
    }
}
