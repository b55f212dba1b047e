"""A person who has no mouse."""

VISIBLE_FOCUS = """() => {
  const box = document.activeElement;
  const style = (element) => {
    const { outline, boxShadow, backgroundColor, borderColor, color } = getComputedStyle(element);
    const { width, height, top } = element.getBoundingClientRect();
    return [outline, boxShadow, backgroundColor, borderColor, color, width, height, top].join();
  };
  const all = () => [box, box.labels?.[0]].filter(Boolean).map(
    (each) => style(each) + getComputedStyle(each, "::before").boxShadow,
  ).join();
  const focused = all();
  box.blur();
  const blurred = all();
  box.focus();
  return focused !== blurred;
}"""
WHERE = """() => {
  const box = document.activeElement;
  if (box === document.body) return ["", "", ""];
  const name = box.getAttribute("aria-label") || box.labels?.[0]?.innerText || box.innerText || "";
  return [name.split("\\n")[0].trim(), box.name || "", box.value || ""];
}"""


class Keyboard:
    """A person who has no mouse: goes with Tab until the wished thing has the focus."""

    def __init__(self, page):
        self.page = page

    def to(self, *, words="", name="", limit=120):
        """Tab on to what is called ``words``, or to the box with this ``name``."""
        for _ in range(limit):
            self.page.keyboard.press("Tab")
            found, found_name, _value = self.page.evaluate(WHERE)
            if (words and found.startswith(words)) or (name and found_name.endswith(name)):
                assert self.page.evaluate(VISIBLE_FOCUS), f"no visible focus on {words or name}"
                return self
        raise AssertionError(f"Tab never comes to {words or name} on {self.page.url}")

    def type(self, text):
        self.page.keyboard.type(text)
        return self

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        return self
