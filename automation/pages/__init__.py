"""What people look at in the workbook, as plans that every kind of workbook can draw."""
