// Starts GOV.UK Frontend's components. Its address stands in a meta element, because in
// production the file's name carries a digest that only the template knows.
const { initAll } = await import(document.querySelector("meta[name=govuk-js]").content);
initAll();

// A table that fits needs no tab stop; one that does not must be reachable with the keyboard.
// The page comes with the tab stop, so that this also holds where no script runs.
const ATTRIBUTES = ["role", "tabindex", "aria-labelledby", "aria-label"];
const asServed = new Map();
const observer = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const scrolls = target.scrollWidth > target.clientWidth;
    for (const [name, value] of asServed.get(target)) {
      if (scrolls) target.setAttribute(name, value);
      else target.removeAttribute(name);
    }
  }
});
for (const region of document.querySelectorAll(".rpc-table-scroll")) {
  const served = ATTRIBUTES.filter((name) => region.hasAttribute(name));
  asServed.set(region, served.map((name) => [name, region.getAttribute(name)]));
  observer.observe(region);
}
