using Microsoft.AspNetCore.Mvc;

namespace Evercard.Server.Join;

/// <summary>303: the browser fetches the other address, whatever the method was (RFC 9110, 15.4.4).</summary>
public sealed class SeeOther(string address) : ActionResult
{
    public override void ExecuteResult(ActionContext context)
    {
        context.HttpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.HttpContext.Response.Headers.Location = address;
    }
}
