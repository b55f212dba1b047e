"""What every app stands on. It holds no model and no rule of the business."""
