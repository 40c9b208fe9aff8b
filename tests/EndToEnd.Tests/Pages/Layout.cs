using System.Text.Json;
using Microsoft.Playwright;

namespace Association.EndToEnd.Tests.Pages;

/// <summary>What does not fit on a page, as the browser measures it, and where the eye would not know which button is meant.</summary>
internal static class Layout
{
    // A box is what a reader sees as one: it has an edge, a ground of its own or its own scrolling, or is a cell of a table.
    private const string Measure = """
        tables => {
          const faults = [];
          const root = document.documentElement;
          if (root.scrollWidth > window.innerWidth) faults.push(`the page is ${root.scrollWidth} wide`);
          const named = e => {
            const name = e.id ? '#' + e.id : e.classList.length ? '.' + [...e.classList].join('.') : '';
            return e.tagName.toLowerCase() + name + ' "' + (e.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 40) + '"';
          };
          // What is only heard is clipped to a point.
          const unseen = e => {
            for (let at = e; at && at !== document.body; at = at.parentElement) if (styleOf(at).clipPath !== 'none') return true;
            return false;
          };
          const scrolls = s => ['auto', 'scroll', 'hidden', 'clip'].includes(s.overflowX);
          const styles = new Map();
          const styleOf = e => styles.get(e) ?? styles.set(e, getComputedStyle(e)).get(e);
          const isBox = e => {
            const s = styleOf(e);
            return e === document.body || e.tagName === 'MAIN' || e.tagName === 'TD' || e.tagName === 'TH' || parseFloat(s.borderRightWidth) > 0
              || !['rgba(0, 0, 0, 0)', 'transparent'].includes(s.backgroundColor) || scrolls(s);
          };
          // The box around an element; nothing for what scrolls, floats or is only heard.
          const boxOf = e => {
            for (let at = e; at && at !== document.body; at = at.parentElement) {
              const s = styleOf(at);
              if (s.position === 'absolute' || s.position === 'fixed' || s.display === 'none' || s.visibility === 'hidden') return null;
              if (at !== e && isBox(at)) return scrolls(s) ? null : at;
            }
            return document.body;
          };
          const seen = new Set();
          const say = (what, e, box) => {
            const fault = `${what} ${named(e)} leaves ${named(box)}`;
            if (seen.size < 8 && !seen.has(fault)) { seen.add(fault); faults.push(fault); }
          };
          for (const e of document.body.querySelectorAll('*')) {
            if (e.closest('svg') || unseen(e)) continue;
            const here = e.getBoundingClientRect();
            if (here.width < 2 || here.height < 2) continue;
            const box = boxOf(e);
            if (box && here.right > box.getBoundingClientRect().right + 1.5) say('element', e, box);
          }
          const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const range = document.createRange();
          for (let text = words.nextNode(); text; text = words.nextNode()) {
            const e = text.parentElement;
            if (!text.data.trim() || e.closest('svg, option, script, style, noscript') || unseen(e)) continue;
            let block = e;
            while (styleOf(block).display === 'inline') block = block.parentElement;
            const s = styleOf(block);
            if (scrolls(s) || s.position === 'absolute' || boxOf(e) === null && !isBox(e)) continue;
            range.selectNodeContents(text);
            const right = block.getBoundingClientRect().right;
            for (const line of range.getClientRects())
              if (line.width > 1 && line.right > right + 1.5) { say('text of', e, block); break; }
          }
          const chosen = new URLSearchParams(location.search).has('cols'); // more columns than usual may scroll, their money may not
          if (tables)
            for (const wrap of document.querySelectorAll('.tablewrap')) {
              const right = wrap.getBoundingClientRect().right + 1;
              const lost = [...wrap.querySelectorAll('tbody tr')].slice(0, 30)
                .flatMap(row => [...row.cells])
                .filter(c => !chosen || c.matches('.num, .rowstate') || c.querySelector('.state, .btn'))
                .filter(c => c.getBoundingClientRect().right > right + 1);
              if (lost.length) faults.push(`${wrap.getAttribute('aria-label')} is ${wrap.scrollWidth} wide in ${wrap.clientWidth} and hides ${named(lost[0])}`);
            }
          // A word of usual length stays in one piece: „Überweisun-g“ reads as a fault of ours.
          if (tables)
            for (const c of document.querySelectorAll('.table tbody :is(td, th)')) {
              if (!/^\p{L}{3,12}$/u.test(c.textContent.trim()) || unseen(c) || c.querySelector(':not(a)')) continue; // nothing but the word
              range.selectNodeContents(c);
              const lines = new Set([...range.getClientRects()].filter(r => r.width > 1).map(r => Math.round(r.top)));
              if (lines.size > 1) { faults.push(`${named(c)} is broken`); break; }
            }
          // One filled button a page: what it is for. The page of the components shows all kinds.
          const filled = [...document.querySelectorAll('.btn-primary')].filter(e => e.checkVisibility({ contentVisibilityAuto: true }));
          if (filled.length > 1 && !location.pathname.endsWith('/components')) faults.push(`${filled.length} filled buttons: ${filled.map(named).join(', ')}`);
          return faults;
        }
        """;

    /// <summary>At this width.</summary>
    /// <param name="page">Stands open.</param>
    /// <param name="width">Of the window.</param>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IPage page, int width)
    {
        await page.SetViewportSizeAsync(width, 900);
        // From the width that offices have on, no table hides a column behind its edge; nor money, state or a button where somebody chose the columns.
        var faults = await page.EvaluateAsync<JsonElement>(Measure, width >= OfficeWidth);
        return [.. faults.EnumerateArray().Select(f => f.GetString()!)];
    }

    /// <summary>What offices have.</summary>
    public const int OfficeWidth = 1280;
}
