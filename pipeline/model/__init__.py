"""The values: frozen, slotted, keyword-only dataclasses that import nothing of ours."""
