using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Evercard.Look;

public static class LookSetup
{
    /// <summary>
    /// Adds Razor Pages: the pages of <paramref name="pages"/> and no other assembly's, also where several programs run in one process.
    /// <paramref name="frame"/> fills the frame of each request before the page does.
    /// </summary>
    public static IMvcBuilder AddLook(this IServiceCollection services, Assembly pages, Action<IServiceProvider, PageFrame>? frame = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped(provider =>
        {
            var made = new PageFrame();
            frame?.Invoke(provider, made);
            return made;
        });
        return services.AddRazorPages().ConfigureApplicationPartManager(parts =>
        {
            parts.ApplicationParts.Clear();
            foreach (var assembly in new[] { typeof(LookSetup).Assembly, pages }.Distinct())
            {
                foreach (var part in ApplicationPartFactory.GetApplicationPartFactory(assembly).GetApplicationParts(assembly))
                {
                    parts.ApplicationParts.Add(part);
                }
            }
        });
    }

    /// <summary>Serves /look/… and protects every page that comes after it. Stands before routing and error pages.</summary>
    public static IApplicationBuilder UseLook(this IApplicationBuilder app, LookPolicy policy)
    {
        var contentSecurityPolicy = policy.ContentSecurityPolicy;
        return app.Use((context, next) =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            if (LookAsset.At(context.Request.Path) is { } asset && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)))
            {
                return LookAssetAnswer.SendAsync(context, asset);
            }

            context.Response.OnStarting(() =>
            {
                Protect(context.Response, policy, contentSecurityPolicy);
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    private static void Protect(HttpResponse response, LookPolicy policy, string contentSecurityPolicy)
    {
        // Error pages clear the headers, so this one is set again.
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        if (response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) != true)
        {
            return;
        }

        headers.ContentSecurityPolicy = contentSecurityPolicy;
        headers["Permissions-Policy"] = LookPolicy.PermissionsPolicy;
        headers.CacheControl = "no-store";
        headers.Remove("Pragma");
        if (policy.IsolatesOpener)
        {
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
        }
    }
}
