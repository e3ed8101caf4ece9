"""The trusted side: never installed, never shipped to students."""
