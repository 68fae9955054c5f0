"""The operator's command: runs the system, provisions it, plays cases in, imports, rebuilds."""
