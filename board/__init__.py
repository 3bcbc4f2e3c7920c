"""The board on which leaders see whether a resettlement town is doing well."""
