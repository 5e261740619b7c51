variable "image" {
  description = "The container image, best by digest."
  type        = string
}

variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  description = "Private subnets with a way to the AWS API, by NAT or by interface endpoints."
  type        = list(string)
}

variable "member_role_name" {
  type    = string
  default = "vpc-auditor"
}

variable "external_id_parameter_arn" {
  description = "The ARN of the SSM parameter (SecureString) that holds the external id of the member roles."
  type        = string
}

variable "schedule" {
  type    = string
  default = "cron(0 2 * * ? *)"
}

variable "schedule_timezone" {
  type    = string
  default = "UTC"
}

variable "fail_on" {
  description = "What counts as news, as for --fail-on."
  type        = string
  default     = "new:high"
}

variable "alert_email" {
  description = "Who is told of news and of a day without a whole audit; null for nobody."
  type        = string
  default     = null
}

variable "retention_days" {
  type    = number
  default = 365
}
