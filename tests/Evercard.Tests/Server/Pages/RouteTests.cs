using Evercard.Tests.Journey;
using Evercard.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Evercard.Tests.Server.Pages;

/// <summary>Rule 7: every route names its permission.</summary>
public sealed class RouteTests(JourneyNode service) : IClassFixture<JourneyNode>
{
    private IEnumerable<RouteEndpoint> Routes => service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    [Fact]
    public void A_route_without_a_permission_is_a_fault() => Routes.Where(route => PermissionOf(route) is null).Select(Name).ShouldBeEmpty();

    [Fact]
    public void Who_may_go_where_is_as_agreed() =>
        GoldenFile.ShouldHold(
            "routes.txt", string.Join('\n', Routes.Select(route => $"{Name(route)}  {PermissionOf(route)}").Distinct().Order(StringComparer.Ordinal)) + "\n", "Server/Pages");

    private static string Name(RouteEndpoint route)
    {
        var methods = route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
        return $"{(methods.Count == 0 ? "any" : string.Join(',', methods)),-5} /{route.RoutePattern.RawText?.TrimStart('/')}";
    }

    private static string? PermissionOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<IAllowAnonymous>() is not null ? "anyone" : route.Metadata.GetMetadata<IAuthorizeData>()?.Policy;
}
