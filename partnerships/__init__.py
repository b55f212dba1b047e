"""The ground floor: partnerships, their organisations, people and roles."""
