"""What the columns of each survey tool's export mean, one thin file per tool."""
