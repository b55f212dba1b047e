"""Prints where Playwright keeps its own Chromium; whether one is there is for others to see."""

from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
