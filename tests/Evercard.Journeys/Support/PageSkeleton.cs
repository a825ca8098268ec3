using Microsoft.Playwright;

namespace Evercard.Journeys.Support;

/// <summary>
/// A page without what differs from run to run: its elements, their classes and roles, and its words with every number told as #.
/// How far listed steps have come is left out, and so is what was just announced to screen readers: the page is seen at one moment or another.
/// </summary>
internal static class PageSkeleton
{
    private const string Read = """
        () => {
          const skipped = new Set(['SCRIPT', 'NOSCRIPT', 'META', 'TEMPLATE'])
          const kept = ['class', 'role', 'type', 'for', 'hidden', 'checked', 'aria-label', 'aria-current', 'aria-invalid', 'lang']
          const moving = '.ev-times, .ev-step-sign, .ev-step-state'
          const lines = []
          const walk = (node, depth) => {
            if (node.nodeType === Node.TEXT_NODE) {
              const words = node.textContent.replace(/\s+/g, ' ').trim()
              if (words) lines.push(' '.repeat(depth) + words)
              return
            }
            if (node.nodeType !== Node.ELEMENT_NODE || skipped.has(node.tagName) || node.matches(moving)) return
            const marks = kept.filter((name) => node.hasAttribute(name)).map((name) => `${name}=${node.getAttribute(name).replace(/ ev-step-\w+/, '')}`)
            lines.push(' '.repeat(depth) + [node.tagName.toLowerCase(), ...marks].join(' '))
            if (node.id !== 'ev-status') for (const child of node.childNodes) walk(child, depth + 1)
          }
          walk(document.body, 0)
          const looks = [...document.querySelectorAll('link[rel=stylesheet]')].map((link) => new URL(link.href).search)
          return lines.join('\n')
            .replace(/EV-[0-9A-Z]{4}-[0-9A-Z]{2}/g, 'EV-#')
            .replace(/\b[0-9a-f]{16,}\b/gi, '#')
            .replace(/\d+/g, '#')
            .replace(/# (second|minute|day)s?\b/g, '# $1s')
            + '\n' + looks.join('\n')
        }
        """;

    /// <summary>The last lines name the style sheets by their content.</summary>
    public static Task<string> Of(IPage page) => page.EvaluateAsync<string>(Read);
}
