namespace Evercard.Tests.CardSimulator;

/// <summary>Calls that block, on threads of their own: a test goes on when the call really waits.</summary>
internal static class Blocked
{
    /// <summary>Starts the call and returns once its thread is asleep in it.</summary>
    public static Task<T> In<T>(Func<T> call)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                result.SetResult(call());
            }
            catch (Exception e)
            {
                result.SetException(e);
            }
        })
        { IsBackground = true };
        thread.Start();
        SpinWait.SpinUntil(() => result.Task.IsCompleted || thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TimeSpan.FromSeconds(30));
        result.Task.IsCompleted.ShouldBeFalse("the call did not wait");
        return result.Task;
    }
}
