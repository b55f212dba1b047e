"""The shell: settings, URLs, home, the demo, and the kit that every app stands on."""
