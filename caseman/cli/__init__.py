"""The `caseman` command: thin click commands over services and engines."""
