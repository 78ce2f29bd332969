"""The pages of the workbench: their frame, their elements, what they show and what they say."""
