"""Words of languages other than English: one module a language, reached through `pipeline.text.tongue.of`."""
