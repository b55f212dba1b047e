// Says at once that scripts run, so that what a script will hide or fold never flashes up.
// A file of its own, because the content security policy allows no script in the page.
document.body.className +=
  " js-enabled" + ("noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : "");
