/** Texts that would run a script if a screen took one of them for markup, an address, a style or a template. Each calls `hit`. */
const act = 'globalThis.hit=1'

export const xssTexts: readonly string[] = [
  `<script>${act}</script>`, `</script><script>${act}</script>`, `<scr<script>ipt>${act}</script>`, `<SCRIPT SRC=data:text/javascript,${act}></SCRIPT>`, `<img src=x onerror=${act}>`,
  `"><img src=x onerror=${act}>`, `'><img src=x onerror=${act}>`, `\`><img src=x onerror=${act}>`, `<img src=x onerror="${act}">`, `<img/src/onerror=${act}>`,
  `<img src=javascript:${act}>`, `<svg onload=${act}>`, `<svg/onload=${act}>`, `<svg><script>${act}</script></svg>`, `<svg><animate onbegin=${act} attributeName=x dur=1s>`,
  `<svg><set onbegin=${act} attributeName=x>`, `<svg><a xlink:href=javascript:${act}><text>x</text></a></svg>`, `<math><mtext><img src=x onerror=${act}></mtext></math>`, `<math href=javascript:${act}>x</math>`, `<body onload=${act}>`,
  `<iframe src=javascript:${act}>`, `<iframe srcdoc="<script>parent.hit=1</script>">`, `<object data=javascript:${act}>`, `<embed src=javascript:${act}>`, `<a href=javascript:${act} autofocus onfocus=${act}>x</a>`,
  `<input autofocus onfocus=${act}>`, `<select autofocus onfocus=${act}>`, `<textarea autofocus onfocus=${act}>`, `</textarea><img src=x onerror=${act}>`, `</title><img src=x onerror=${act}>`,
  `</style><img src=x onerror=${act}>`, `<style>@import 'javascript:${act}'</style>`, `<style onload=${act}></style>`, `<link rel=stylesheet href=x onerror=${act}>`, `<meta http-equiv=refresh content=0;url=javascript:${act}>`,
  `<form action=javascript:${act}><button autofocus>x</button></form>`, `<button formaction=javascript:${act}>x</button>`, `<details open ontoggle=${act}>x</details>`, `<video><source onerror=${act}></video>`, `<audio src=x onerror=${act}>`,
  `<marquee onstart=${act}>x</marquee>`, `<template><img src=x onerror=${act}></template>`, `<noscript><img title="</noscript><img src=x onerror=${act}>">`, `<!--><img src=x onerror=${act}>-->`, `<![CDATA[><img src=x onerror=${act}>]]>`,
  `javascript:${act}`, `data:text/html,<script>${act}</script>`, `{{constructor.constructor('${act}')()}}`, `\${${act}}`, `" onmouseover="${act}" style="position:fixed;inset:0`,
]
