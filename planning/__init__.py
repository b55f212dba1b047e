"""The planning tool: frameworks, assessments, scoring, the recording sheet."""
