"""The `policyqa` command: one file a subcommand."""
